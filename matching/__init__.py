"""Which offer goes with which need, and why: pure, fed with frames, free of the database and of the screen."""
