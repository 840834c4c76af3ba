package dev.wick.gateway.balance;

/** Counts what balancing tells. */
final class Counted implements LbCounts {

    int panics;
    int selected;
    int fallbacks;
    int fallbackPanics;
    long active;

    @Override
    public void healthyPanic(int loop) {
        panics++;
    }

    @Override
    public void subsetSelected(int loop) {
        selected++;
    }

    @Override
    public void subsetFallback(int loop) {
        fallbacks++;
    }

    @Override
    public void subsetFallbackPanic(int loop) {
        fallbackPanics++;
    }

    @Override
    public long active() {
        return active;
    }
}
