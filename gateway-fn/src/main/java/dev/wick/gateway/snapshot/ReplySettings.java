package dev.wick.gateway.snapshot;

import dev.wick.format.Facts;
import dev.wick.format.Format;
import dev.wick.format.JsonString;
import dev.wick.route.HeaderChanges;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of answers from here. Immutable.
 *
 * @param mappers the first that takes an answer changes it
 * @param format of what no mapper formats; null: as it is
 */
public record ReplySettings(List<Mapper> mappers, @Nullable Body format) {

    /** How a status compares with a number. */
    public enum Op {
        EQ,
        GE,
        LE,
        NE
    }

    /**
     * Changes some answers.
     *
     * @param op null: whatever status
     * @param number what the status is compared with
     * @param flags bits, any of which; 0: whatever flags
     * @param anyFlag whether flags are asked for
     * @param status the new one; 0: as it is
     * @param body the new one, in octets; null: as it is
     * @param format in the place of the general one; null: that
     * @param headers made before the status is changed
     */
    public record Mapper(
            @Nullable Op op,
            int number,
            long flags,
            boolean anyFlag,
            int status,
            @Nullable String body,
            @Nullable Body format,
            HeaderChanges headers) {

        /** Whether it takes an answer. */
        public boolean takes(int code, long flagsOfAnswer) {
            return compares(code) && (!anyFlag || (flags & flagsOfAnswer) != 0);
        }

        private boolean compares(int code) {
            if (op == null) {
                return true;
            }
            return switch (op) {
                case EQ -> code == number;
                case GE -> code >= number;
                case LE -> code <= number;
                case NE -> code != number;
            };
        }
    }

    /**
     * How a body is written.
     *
     * @param text null: as JSON
     * @param fields of the JSON object, in their order
     * @param values of the fields
     */
    public record Body(
            @Nullable Format text, List<String> fields, List<Format> values, String contentType) {

        /** In octets. */
        public String fill(Facts facts) {
            if (text != null) {
                return text.shown(facts);
            }
            StringBuilder out = new StringBuilder(128);
            out.append('{');
            for (int i = 0; i < fields.size(); i++) {
                if (i > 0) {
                    out.append(',');
                }
                JsonString.append(fields.get(i), out);
                out.append(':');
                values.get(i).json(facts, out);
            }
            return out.append("}\n").toString();
        }
    }
}
