package dev.wick.cli.store;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
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
        if (value.value() instanceof Map) {
            out.emit(mapping(value.fields().isEmpty()));
            for (Map.Entry<String, Json> field : value.fields().entrySet()) {
                out.emit(scalar(field.getKey(), style(field.getKey())));
                write(field.getValue(), out);
            }
            out.emit(new MappingEndEvent(null, null));
        } else if (value.value() instanceof java.util.List) {
            out.emit(sequence(isShort(value)));
            for (Json item : value.items()) {
                write(item, out);
            }
            out.emit(new SequenceEndEvent(null, null));
        } else if (value.value() instanceof String text) {
            out.emit(scalar(text, style(text)));
        } else {
            out.emit(scalar(value.exists() ? value.text() : "null", ScalarStyle.PLAIN));
        }
    }

    /** A few plain values read best on the line of their field. */
    private static boolean isShort(Json list) {
        int length = 0;
        for (Json item : list.items()) {
            if (item.value() instanceof Map || item.value() instanceof java.util.List) {
                return false;
            }
            length += item.text().length() + 2;
        }
        return length <= 60;
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
        if (AMBIGUOUS.matcher(text).matches()) {
            return ScalarStyle.DOUBLE_QUOTED;
        }
        return text.indexOf('\n') >= 0 ? ScalarStyle.LITERAL : ScalarStyle.PLAIN;
    }
}
