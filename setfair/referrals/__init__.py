"""Floor 3: the door in. Anyone may ask; a coordinator reads, and says yes, no, or somewhere else."""
