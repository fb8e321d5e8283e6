# One image for web, worker, beat, settle, signer and migrations; each runs it with a command and a user of its own.
FROM python:3.13-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=/app DJANGO_SETTINGS_MODULE=config.settings \
    FOLKMOOT_DATA=/data STATIC_ROOT=/app/static_built STATIC_MANIFEST=yes LOG_JSON=yes

WORKDIR /app
COPY requirements-server.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements-server.txt

COPY . .
RUN python -m house.words \
    && python manage.py collectstatic --no-input --verbosity=0 \
        --ignore rest_framework --ignore redoc --ignore "swagger-ui-es-bundle*" --ignore admin \
    && python -m compileall -q . \
    && mkdir /data && chmod 1777 /data \
    && mkdir -m 0700 /signer && chown 10006:10006 /signer \
    && mkdir /seals && chown 0:10010 /seals && chmod 2770 /seals

# No user may write where the code lies; compose names the user of each process.
USER 10001
EXPOSE 8000
CMD ["gunicorn", "-c", "config/gunicorn.py", "config.wsgi"]
