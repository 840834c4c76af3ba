package dev.wick.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of answers that the gateway gives by itself; Envoy's {@code LocalReplyConfig}.
 *
 * @param mappers the first whose filter takes an answer changes it
 * @param bodyFormat of what no mapper formats; null: as it is
 */
public record LocalReplyConfig(List<Mapper> mappers, @Nullable BodyFormat bodyFormat) {

    /** What holds where a document says nothing. */
    public static final LocalReplyConfig DEFAULT = new LocalReplyConfig(List.of(), null);

    public LocalReplyConfig {
        mappers = List.copyOf(mappers);
    }

    /**
     * Changes some answers.
     *
     * @param statusCode the new status, 200-599; null: as it is
     * @param body the new body; null: as it is
     * @param bodyFormatOverride in the place of the general format
     * @param headersToAdd filled in before the status is changed
     */
    public record Mapper(
            Filter filter,
            @Nullable Integer statusCode,
            @Nullable String body,
            @Nullable BodyFormat bodyFormatOverride,
            List<HeaderMutations.HeaderValue> headersToAdd) {

        public Mapper {
            headersToAdd = List.copyOf(headersToAdd);
        }
    }

    /**
     * Which answers; all that is said must hold, and something must be said.
     *
     * @param responseFlags Envoy's letters, any of which; empty: whatever flags
     */
    public record Filter(@Nullable StatusCode statusCode, List<String> responseFlags) {

        public Filter {
            responseFlags = List.copyOf(responseFlags);
        }
    }

    /** How a status compares with a number. */
    public record StatusCode(Op op, int value) {}

    /** Comparisons; Envoy's names. */
    public enum Op {
        EQ,
        GE,
        LE,
        NE
    }

    /**
     * How a body is written: exactly one of text and json.
     *
     * @param text with operators; null where there is json
     * @param json fields of an object, each with operators; empty where there is text
     * @param contentType null: {@code text/plain} or {@code application/json}
     */
    public record BodyFormat(
            @Nullable String text, Map<String, String> json, @Nullable String contentType) {

        public BodyFormat {
            json = Collections.unmodifiableMap(new TreeMap<>(json));
        }
    }
}
