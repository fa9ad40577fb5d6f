# Alpine has musl in place of glibc: build godwit for it (npm run build -- --target=bun-linux-x64-musl), and add what it is linked with.
FROM alpine:3.22
RUN apk add --no-cache libstdc++ libgcc
COPY godwit-linux-x64-musl /migrate
COPY migrations /migrations
USER 65534:65534
ENTRYPOINT ["/migrate"]
CMD ["up"]
