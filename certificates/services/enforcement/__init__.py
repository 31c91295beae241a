"""Keeping the register of enforcement certificates: changes, the province's rules, what posts ask for."""
