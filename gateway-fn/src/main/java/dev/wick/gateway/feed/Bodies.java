package dev.wick.gateway.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.wick.model.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes what the store is sent. */
final class Bodies {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Bodies() {}

    private interface Writing {
        void write(JsonGenerator out) throws IOException;
    }

    static byte[] followed(String instance, Following.Position position) {
        return object(
                out -> {
                    out.writeStringField("instance", instance);
                    out.writeStringField("epoch", position.epoch());
                    out.writeNumberField("revision", position.revision());
                    holding(position.holding(), out);
                });
    }

    static byte[] dropped(Holding holding) {
        return object(out -> holding(holding, out));
    }

    static byte[] report(Report report) {
        return object(
                out -> {
                    out.writeNumberField("revision", report.revision());
                    out.writeStringField("version", report.version());
                    out.writeArrayFieldStart("listeners");
                    for (Report.Port port : report.listeners()) {
                        out.writeStartObject();
                        out.writeStringField("name", port.name());
                        out.writeStringField("address", port.address());
                        out.writeStringField("state", port.state());
                        out.writeStringField("detail", port.detail());
                        out.writeEndObject();
                    }
                    out.writeEndArray();
                    out.writeArrayFieldStart("problems");
                    for (Problem problem : report.problems()) {
                        out.writeStartObject();
                        out.writeStringField("document", problem.document());
                        out.writeStringField("field", problem.field());
                        out.writeStringField("value", problem.value());
                        out.writeStringField("expected", problem.expected());
                        out.writeEndObject();
                    }
                    out.writeEndArray();
                    out.writeNumberField("held", report.held());
                    health(report, out);
                });
    }

    private static void health(Report report, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("health");
        for (HostHealth health : report.health()) {
            out.writeStartObject();
            out.writeStringField("cluster", health.cluster());
            out.writeStringField("address", health.address());
            out.writeBooleanField("failedActiveHealthCheck", health.failedCheck());
            out.writeBooleanField("ejected", health.ejected());
            out.writeNumberField("ageMillis", health.ageMillis());
            if (health.leftMillis() >= 0) {
                out.writeNumberField("ejectionLeftMillis", health.leftMillis());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void holding(Holding holding, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("domains");
        for (HostName host : holding.hosts()) {
            out.writeStartObject();
            out.writeStringField("listener", host.listener());
            out.writeStringField("chain", host.chain());
            out.writeStringField("host", host.host());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("documents");
        for (DocumentKey key : holding.documents()) {
            out.writeStartObject();
            out.writeStringField("kind", key.kind());
            out.writeStringField("name", key.name());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static byte[] object(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            out.writeStartObject();
            writing.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
