"""The measured claims. Each figure is a command with a goal, and each has a canary: a planted fault that it must catch, or it proves nothing.

python -m bench figures          what there is, with goals and the latest full result
python -m bench figure NAME      measure; exit code by the goal   (FULL=1: the stated size)
python -m bench canary NAME      plant the fault; exit 0 when the figure caught it
"""
