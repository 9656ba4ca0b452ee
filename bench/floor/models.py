"""The bare tables; they are made by tables.sql, in seeded databases alone."""

from __future__ import annotations

from django.db import models


class Named(models.Model):
    name = models.TextField()

    class Meta:
        abstract = True
        managed = False


class Owner(Named):
    class Meta(Named.Meta):
        db_table = "floor_owner"


class Place(Named):
    class Meta(Named.Meta):
        db_table = "floor_place"


class Matter(models.Model):
    ref = models.TextField()
    title = models.TextField()
    stage = models.TextField()
    owner = models.ForeignKey(Owner, models.CASCADE)
    place = models.ForeignKey(Place, models.CASCADE)
    opened_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    words = models.TextField()

    class Meta:
        managed = False
        db_table = "floor_matter"


class Note(models.Model):
    id = models.BigAutoField(primary_key=True)
    matter = models.ForeignKey(Matter, models.CASCADE)
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "floor_note"
