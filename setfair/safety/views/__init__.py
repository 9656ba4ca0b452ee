"""What is shown and taken when somebody is not safe."""
