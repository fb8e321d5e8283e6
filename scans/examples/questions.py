import os
import pickle
import subprocess

import yaml
from django.db.models.expressions import RawSQL
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt


def asked(cursor, name, table):
    # ruleid: sql-built
    cursor.execute(f"SELECT * FROM people WHERE name = '{name}'")
    # ruleid: sql-built
    cursor.execute("SELECT * FROM people WHERE name = '%s'" % name)
    # ruleid: sql-built
    cursor.execute("SELECT * FROM {}".format(table), [])
    # ruleid: sql-built
    cursor.execute("SELECT * FROM " + table)
    # ok: sql-built
    cursor.execute("SELECT * FROM people WHERE name = %s", [name])
    # ruleid: sql-raw
    Person.objects.raw("SELECT * FROM people")
    # ruleid: sql-raw
    Person.objects.filter(name=name).extra(where=["1 = 1"])
    # ruleid: sql-raw
    RawSQL("1", [])
    # ok: sql-raw
    Person.objects.filter(name=name)


def made(data):
    # ruleid: code-from-data
    eval(data)
    # ruleid: code-from-data
    exec(data)
    # ruleid: code-from-data
    pickle.loads(data)
    # ruleid: code-from-data
    yaml.load(data)
    # ok: code-from-data
    yaml.safe_load(data)
    # ok: code-from-data
    cursor.execute(data)


def ran(name):
    # ruleid: shell
    subprocess.run(f"ls {name}", shell=True)
    # ruleid: shell
    os.system("ls")
    # ok: shell
    subprocess.run(["ls", name])


def led(request):
    # ruleid: open-redirect
    redirect(request.GET["next"])
    # ruleid: open-redirect
    redirect(request.POST.get("next", "/"))
    # ruleid: open-redirect
    HttpResponseRedirect(request.GET.get("next"))
    # ok: open-redirect
    redirect("core:home")


# ruleid: csrf-exempt
@csrf_exempt
def taken(request):
    return led(request)


# ok: csrf-exempt
@require_POST
def careful(request):
    return led(request)


class Whole:
    # ruleid: all-fields
    fields = "__all__"


class Named:
    # ok: all-fields
    fields = ["title", "text"]
