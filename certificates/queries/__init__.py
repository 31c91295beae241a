"""Reading certificates: one, a person's, the register, and the overview of a unit."""
