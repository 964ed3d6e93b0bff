"""What changed between two versions of a map, a sentence a change; steps are known by their names."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kept.journeys.drawing import MAP_WORDS, STEP_WORDS, Drawn, steps_in

WORDS = {
    "persona": gettext_lazy("Whose way"),
    "reason": gettext_lazy("Why they come"),
    "outcome": gettext_lazy("It has gone well when"),
}


def changes(before: Drawn, after: Drawn) -> list[str]:
    """In the order of the newer map; what is gone comes last."""
    reworded = [name for name in MAP_WORDS if before[name] != after[name]]
    found = [_("%(what)s: “%(new)s”") % {"what": WORDS[name], "new": after[name]} for name in reworded]
    old = {step["name"]: (stage, step) for stage, step in steps_in(before)}
    new = {step["name"]: (stage, step) for stage, step in steps_in(after)}
    for name, (stage, step) in new.items():
        if name not in old:
            found.append(_("new: %(step)s, in %(stage)s") % {"step": name, "stage": stage})
            continue
        was_in, was = old[name]
        if was_in != stage:
            found.append(_("moved: %(step)s, from %(before)s to %(after)s") % {"step": name, "before": was_in, "after": stage})
        if any(was[word] != step[word] for word in (*STEP_WORDS, "moment_of_truth")):
            found.append(_("reworded: %(step)s") % {"step": name})
    found += [_("gone: %(step)s") % {"step": name} for name in old if name not in new]
    kept_before, kept_after = [name for name in old if name in new], [name for name in new if name in old]
    if kept_before != kept_after:
        found.append(_("in another order"))
    return found
