"""Line mode: the call as questions and answers in plain lines, for screen readers, ssh, pipes and dumb terminals."""
