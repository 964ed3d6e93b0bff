"""The form channel: what a customer typed into our form, or a program posted as one."""
