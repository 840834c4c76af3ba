package dev.wick.gateway.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.wick.gateway.draw.Draw;
import dev.wick.gateway.draw.Dump;
import dev.wick.gateway.edge.AdminRequest;
import dev.wick.gateway.edge.AdminResponse;
import dev.wick.model.Problem;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What is held, as JSON: the documents as the store said them, by kind; beside each what is served
 * in its place, where that is an older one. {@code ?name=} asks for the documents of that name.
 * Secrets are not held, so there is nothing to redact but what a document of that kind would say.
 */
final class ConfigDump {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final long WAIT_SECONDS = 5;

    private ConfigDump() {}

    static AdminResponse answer(Draw draw, AdminRequest request) {
        CompletableFuture<Dump> asked = new CompletableFuture<>();
        draw.dump(asked::complete);
        try {
            Dump dump = asked.get(WAIT_SECONDS, TimeUnit.SECONDS);
            String name = Query.value(request.query(), "name");
            return AdminResponse.json(200, Bodies.object(out -> write(dump, name, out)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return AdminResponse.text(503, "interrupted\n");
        } catch (ExecutionException | TimeoutException e) {
            return AdminResponse.text(503, "the gateway is too busy to tell\n");
        }
    }

    private static void write(Dump dump, @Nullable String name, JsonGenerator out)
            throws IOException {
        out.writeStringField("epoch", dump.epoch());
        out.writeNumberField("revision", dump.revision());
        out.writeBooleanField("following", dump.connected());
        entries("listeners", dump.listeners(), name, out);
        entries("virtualHosts", dump.virtualHosts(), name, out);
        entries("clusters", dump.clusters(), name, out);
        entries("endpoints", dump.endpoints(), name, out);
        out.writeArrayFieldStart("problems");
        for (Problem problem : dump.problems()) {
            out.writeStartObject();
            out.writeStringField("document", problem.document());
            out.writeStringField("field", problem.field());
            out.writeStringField("value", problem.value());
            out.writeStringField("expected", problem.expected());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void entries(
            String field, List<Dump.Entry> entries, @Nullable String name, JsonGenerator out)
            throws IOException {
        out.writeArrayFieldStart(field);
        for (Dump.Entry entry : entries) {
            if (name == null || name.equals(entry.name())) {
                entry(entry, out);
            }
        }
        out.writeEndArray();
    }

    private static void entry(Dump.Entry entry, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", entry.name());
        out.writeNumberField("revision", entry.revision());
        if (!entry.hosts().isEmpty()) {
            out.writeArrayFieldStart("hosts");
            for (String host : entry.hosts()) {
                out.writeString(host);
            }
            out.writeEndArray();
        }
        out.writeFieldName("document");
        document(entry.json(), out);
        if (!Arrays.equals(entry.json(), entry.served())) {
            out.writeFieldName("served");
            document(entry.served(), out);
        }
        out.writeEndObject();
    }

    private static void document(byte @Nullable [] json, JsonGenerator out) throws IOException {
        if (json == null) {
            out.writeNull();
            return;
        }
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.nextToken();
            out.copyCurrentStructure(parser);
        }
    }
}
