"""Instruments, norms, facts and cases: frozen data without behaviour that needs a solver."""
