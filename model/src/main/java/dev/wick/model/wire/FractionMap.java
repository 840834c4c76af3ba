package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import dev.wick.model.FractionalPercent;
import dev.wick.model.FractionalPercent.Denominator;
import dev.wick.model.Problem;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keys of the user's own, each with a share: a percentage, or an object. Sorted by key. */
final class FractionMap extends Type<Map<String, FractionalPercent>> {

    private static final int MOST = 10_000;
    private static final int LONGEST = 256;

    private final Type<FractionalPercent> share;
    private final Type<Integer> percentage = Types.whole(0, 1_000_000);

    FractionMap(Type<FractionalPercent> share) {
        this.share = share;
    }

    @Override
    @Nullable Map<String, FractionalPercent> read(Reader in) {
        if (in.current() != JsonToken.START_OBJECT) {
            in.wrong(expected());
            return null;
        }
        Map<String, FractionalPercent> values = new TreeMap<>();
        int count = 0;
        while (in.next() != JsonToken.END_OBJECT) {
            String key = in.text();
            in.findings().enter(key);
            in.next();
            FractionalPercent value = in.refused() ? null : value(in);
            if (key.isEmpty()
                    || key.length() > LONGEST
                    || key.chars().anyMatch(Character::isISOControl)) {
                in.report(Problem.shown(key), "a key of 1-" + LONGEST + " characters");
            } else if (value != null && ++count <= MOST && values.putIfAbsent(key, value) != null) {
                in.report(Problem.shown(key), "each key once");
            }
            in.findings().leave();
        }
        if (count > MOST) {
            in.report(count + " keys", "at most " + MOST);
        }
        return values;
    }

    private @Nullable FractionalPercent value(Reader in) {
        if (in.current() == JsonToken.START_OBJECT) {
            return share.read(in);
        }
        Integer number = percentage.read(in);
        return number == null ? null : new FractionalPercent(number, Denominator.HUNDRED);
    }

    @Override
    void write(Map<String, FractionalPercent> value, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (Map.Entry<String, FractionalPercent> entry : value.entrySet()) {
            out.writeFieldName(entry.getKey());
            FractionalPercent fraction = entry.getValue();
            if (fraction.denominator() == Denominator.HUNDRED) {
                out.writeNumber(fraction.numerator());
            } else {
                share.write(fraction, out);
            }
        }
        out.writeEndObject();
    }

    @Override
    boolean isEmpty(Map<String, FractionalPercent> value) {
        return value.isEmpty();
    }

    @Override
    void describe(SchemaWriter out) throws IOException {
        out.text("type", "object");
        out.open("additionalProperties");
        out.openList("anyOf");
        out.open();
        percentage.describe(out);
        out.close();
        out.open();
        share.describe(out);
        out.close();
        out.closeList();
        out.close();
    }

    @Override
    String expected() {
        return "an object of shares by their keys";
    }
}
