# One-line aliases of ./kept, for fingers that type make.
.PHONY: run demo test check doctor
run demo test check doctor:
	./kept $@
