# Regulars with a PostgreSQL of your own (DATABASE_URL). Build with BuildKit: docker build -t regulars .

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
# What was downloaded once stays on the building machine, whatever changes in the tree.
RUN --mount=type=cache,target=/m2 \
    mvn -B -ntp -q -Dmaven.repo.local=/m2 -DskipTests -Dspotless.check.skip -Dcheckstyle.skip -Dcyclonedx.skip -pl app -am package \
    # The embedded database is for machines without one; a container has one beside it. Only the training uses it.
    && mkdir app/target/database && mv app/target/lib/embedded-postgres-binaries-*.jar app/target/database/database.jar

FROM eclipse-temurin:25-jre
LABEL org.opencontainers.image.title="Regulars" \
      org.opencontainers.image.description="Headless, multi-tenant loyalty with marketing automation" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /opt/regulars
# Libraries and our own jar apart: an update of ours moves one small layer.
COPY --from=build /src/app/target/lib/ lib/
COPY --from=build /src/app/target/regulars.jar ./

# A number, so that a cluster can see that it is not root. /data takes captured mail; with a read-only root
# (docker run --read-only --tmpfs /tmp) it and /tmp are the only places that are written.
RUN mkdir /data && chown 10001:10001 /data
VOLUME /data

# One start while the image is built, so that every start of it takes half the time. Should it not work on the building
# machine, the image is as good but for that.
RUN --mount=type=bind,from=build,source=/src/app,target=/src/app \
    mkdir kept && chown 10001:10001 kept \
    && { setpriv --reuid=10001 --regid=10001 --clear-groups bash /src/app/image/train.sh /opt/regulars/regulars.jar \
        /src/app/target/database/database.jar /opt/regulars/kept/regulars.aot || echo 'Not trained: it starts slower.' >&2; } \
    && chown -R 0:0 kept && chmod -R a+rX kept

USER 10001:10001
ENV BIND=0.0.0.0 DATA_DIR=/data PORT=8080 ADMIN_PORT=8081
EXPOSE 8080 8081

# bash instead of curl, which the image does not have.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/${PORT:-8080} && printf 'GET /readyz HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r -t 4 line <&3 && [[ $line == *' 200 '* ]]"]

# More options by JAVA_TOOL_OPTIONS. Exec form: signals reach Java, which then stops in order.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-XX:AOTCache=/opt/regulars/kept/regulars.aot", "-Xlog:disable", "-Xlog:all=error:stderr", "-Xlog:cds*=off:stderr", "-Xlog:aot*=off:stderr", "--sun-misc-unsafe-memory-access=allow", "-jar", "/opt/regulars/regulars.jar"]
CMD ["server"]
