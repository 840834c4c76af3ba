package dev.wick.cli.store;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ImplicitTuple;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.events.StreamStartEvent;

/** Writes values as YAML that the store reads as the very same values. */
public final class Yaml {

    /**
     * Texts that some reader of YAML, of 1.1 or 1.2, takes for something else: numbers in all their
     * forms, dates, truth values, nothing.
     */
    private static final Pattern AMBIGUOUS =
            Pattern.compile(
                    "[-+]?(\\.?[0-9][0-9_]*(:[0-9_]+)*(\\.[0-9_]*)?([eE][-+]?[0-9]+)?|\\.(inf|nan))"
                            + "|0[xob][0-9a-f_]*|[0-9]{4}-[0-9]+-[0-9]+.*"
                            + "|~|null|true|false|yes|no|on|off|y|n|=|<<|",
                    Pattern.CASE_INSENSITIVE);

    private static final int SHORT = 72;
    private static final int SHALLOW = 2;

    private static final ImplicitTuple IMPLICIT = new ImplicitTuple(true, true);

    private Yaml() {}

    /** One document, without a line of {@code ---} before or after it. */
    public static String write(Json document) {
        StringWriter text = new StringWriter();
        try {
            Emitter out = new Emitter(text, options());
            out.emit(new StreamStartEvent(null, null));
            out.emit(new DocumentStartEvent(null, null, false, null, Map.of()));
            write(document, out);
            out.emit(new DocumentEndEvent(null, null, false));
            out.emit(new StreamEndEvent(null, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static DumperOptions options() {
        DumperOptions options = new DumperOptions();
        options.setSplitLines(false);
        options.setWidth(Integer.MAX_VALUE);
        options.setIndent(2);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        return options;
    }

    private static void write(Json value, Emitter out) throws IOException {
        write(value, false, out);
    }

    private static void write(Json value, boolean flow, Emitter out) throws IOException {
        if (value.value() instanceof Map) {
            out.emit(mapping(flow));
            for (Map.Entry<String, Json> field : value.fields().entrySet()) {
                out.emit(scalar(field.getKey(), style(field.getKey())));
                write(field.getValue(), flow || isShort(field.getValue()), out);
            }
            out.emit(new MappingEndEvent(null, null));
        } else if (value.value() instanceof List) {
            out.emit(sequence(flow));
            for (Json item : value.items()) {
                write(item, flow || isShort(item), out);
            }
            out.emit(new SequenceEndEvent(null, null));
        } else if (value.value() instanceof String text) {
            out.emit(scalar(text, style(text)));
        } else {
            out.emit(scalar(value.exists() ? value.text() : "null", ScalarStyle.PLAIN));
        }
    }

    /** What fits on the line of its field reads best there: {@code route: {cluster: hello}}. */
    private static boolean isShort(Json value) {
        return depth(value) <= SHALLOW && length(value) <= SHORT;
    }

    private static int depth(Json value) {
        int depth = 0;
        for (Json field : value.fields().values()) {
            depth = Math.max(depth, depth(field));
        }
        for (Json item : value.items()) {
            depth = Math.max(depth, depth(item));
        }
        boolean nests = value.value() instanceof Map || value.value() instanceof List;
        return nests ? depth + 1 : 0;
    }

    private static int length(Json value) {
        int length = 0;
        if (value.value() instanceof Map) {
            for (Map.Entry<String, Json> field : value.fields().entrySet()) {
                length += field.getKey().length() + 4 + length(field.getValue());
            }
        } else if (value.value() instanceof List) {
            for (Json item : value.items()) {
                length += 2 + length(item);
            }
        } else {
            String text = value.text();
            length = text.indexOf('\n') >= 0 ? SHORT + 1 : text.length();
        }
        return length;
    }

    private static Event mapping(boolean flow) {
        return new MappingStartEvent(null, null, true, null, null, style(flow));
    }

    private static Event sequence(boolean flow) {
        return new SequenceStartEvent(null, null, true, null, null, style(flow));
    }

    private static FlowStyle style(boolean flow) {
        return flow ? FlowStyle.FLOW : FlowStyle.BLOCK;
    }

    private static Event scalar(String text, ScalarStyle style) {
        return new ScalarEvent(null, null, IMPLICIT, text, null, null, style);
    }

    private static ScalarStyle style(String text) {
        if (AMBIGUOUS.matcher(text).matches() || text.chars().anyMatch(Yaml::isToBeEscaped)) {
            return ScalarStyle.DOUBLE_QUOTED;
        }
        return text.indexOf('\n') >= 0 ? ScalarStyle.LITERAL : ScalarStyle.PLAIN;
    }

    /** Controls and those characters that YAML takes for the end of a line. */
    private static boolean isToBeEscaped(int c) {
        return (Character.isISOControl(c) && c != '\n')
                || c == 0x2028
                || c == 0x2029
                || c == 0xFEFF;
    }
}
