package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.wick.model.Kind;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSON Schema (draft 2020-12) of a document, for editors to complete and check by. Whatever it
 * refuses is refused by reading too, but for a {@code null}, which reading takes for a field that
 * is not there; rules that it cannot say (regular expressions, domains, references) are
 * admission's.
 */
public final class JsonSchema {

    private JsonSchema() {}

    /** The schema, indented; ends with a line feed. */
    public static String text() {
        StringWriter text = new StringWriter();
        DefaultIndenter indent = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter pretty = new DefaultPrettyPrinter().withObjectIndenter(indent);
        try (JsonGenerator out = JsonTokens.FACTORY.createGenerator(text)) {
            out.setPrettyPrinter(pretty);
            write(new SchemaWriter(out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    private static void write(SchemaWriter out) throws IOException {
        out.open();
        out.text("$schema", "https://json-schema.org/draft/2020-12/schema");
        out.text("title", "Wick");
        out.text("description", "A document of a gateway's configuration.");
        out.text("type", "object");
        out.texts("required", List.of("kind", "name"));
        out.open("properties");
        out.open("kind");
        List<String> kinds = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            kinds.add(kind.spelling());
        }
        out.texts("enum", kinds);
        out.close();
        out.close();
        out.openList("oneOf");
        for (Kind kind : Kind.values()) {
            out.open();
            out.refer(Shapes.of(kind));
            out.close();
        }
        out.closeList();
        out.open("$defs");
        for (Shape<?> shape = out.nextUndefined(); shape != null; shape = out.nextUndefined()) {
            shape.define(out);
        }
        out.close();
        out.close();
    }
}
