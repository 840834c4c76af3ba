package dev.wick.model.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What documents are made of, drawn from a seed. */
abstract class RandomValues {

    final Random random;
    int names;
    boolean hasRuntime;

    RandomValues(long seed) {
        random = new Random(seed);
    }

    Duration duration(long least) {
        return Duration.ofMillis(
                least
                        + (random.nextBoolean()
                                ? random.nextInt(20_000)
                                : random.nextInt(9) * 5_000));
    }

    String name() {
        return pick("a", "B.c", "d_e-f", "012", "yes", "1e3", "null", "true") + names++;
    }

    /** Whatever text may hold, and what YAML could take for something else. */
    String text() {
        return pick(
                "",
                "text",
                "1",
                "0x1F",
                "yes",
                "null",
                "~",
                " spaced ",
                "- x",
                "a: b",
                "#no",
                "*x",
                "&x",
                "'",
                "\"\\",
                "\t\n",
                "ü€\ud83d\ude00",
                "\u0001\u007f\u0085\u2028\ufeff",
                "---");
    }

    <T> List<T> list(Supplier<T> element) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(4) - 1; i > 0; i--) {
            list.add(element.get());
        }
        return list;
    }

    <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    @SafeVarargs
    final <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }
}
