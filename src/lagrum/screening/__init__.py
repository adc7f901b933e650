"""Many cases at once: registers, read into codes and ruled on row by row."""
