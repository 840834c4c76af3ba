package dev.wick.cli.train;

/** Placeholder. */
public final class Train {
    private Train() {}

    public static int run() {
        return 0;
    }
}
