package dev.wick.gateway.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.wick.gateway.edge.ListenerState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes JSON for people. */
final class Bodies {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Bodies() {}

    /** Writes the fields of an object. */
    interface Fields {
        void write(JsonGenerator out) throws IOException;
    }

    static byte[] object(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            out.useDefaultPrettyPrinter();
            out.writeStartObject();
            fields.write(out);
            out.writeEndObject();
            out.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] info(Server server, ServerState state) {
        return object(
                out -> {
                    out.writeStringField("version", server.version());
                    out.writeStringField("state", state.name());
                    out.writeStringField("uptime_current_epoch", server.uptimeSeconds() + "s");
                    out.writeStringField("uptime_all_epochs", server.uptimeSeconds() + "s");
                    out.writeObjectFieldStart("node");
                    out.writeStringField("id", server.instance());
                    out.writeStringField("cluster", server.gateway());
                    out.writeEndObject();
                    out.writeObjectFieldStart("command_line_options");
                    for (Map.Entry<String, String> one :
                            new TreeMap<>(server.settings()).entrySet()) {
                        out.writeStringField(one.getKey(), one.getValue());
                    }
                    out.writeEndObject();
                });
    }

    static byte[] listeners(List<ListenerState> states) {
        return object(
                out -> {
                    out.writeArrayFieldStart("listener_statuses");
                    for (ListenerState state : states) {
                        out.writeStartObject();
                        out.writeStringField("name", state.name());
                        out.writeStringField("local_address", state.address());
                        out.writeStringField("state", state.state().word());
                        if (!state.detail().isEmpty()) {
                            out.writeStringField("detail", state.detail());
                        }
                        out.writeEndObject();
                    }
                    out.writeEndArray();
                });
    }
}
