"""The parts of the overview's page: choosing, selecting, drawing, downloading."""
