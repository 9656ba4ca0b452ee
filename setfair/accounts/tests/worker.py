"""What the worker does for accounts, done at once."""

from procrastinate.contrib.django.models import ProcrastinateJob

from setfair.accounts import outside, tasks


def send_waiting():
    """Each message that waits for an account of no programme goes; says how many there were."""
    waiting = list(ProcrastinateJob.objects.filter(task_name=outside.SEND, status="todo").order_by("id"))
    for job in waiting:
        tasks.send_outside(**job.args)
    return len(waiting)
