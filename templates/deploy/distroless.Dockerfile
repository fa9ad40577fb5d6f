# The same on a base with glibc, files with certificates and time zones, and a user of its own. For linux/amd64 and linux/arm64.
FROM gcr.io/distroless/base-debian12:nonroot
COPY godwit /migrate
COPY migrations /migrations
WORKDIR /
ENTRYPOINT ["/migrate"]
CMD ["up"]
