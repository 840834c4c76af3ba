package dev.wick.gateway.overload;

/**
 * From how full memory is to how much of an action is done: Envoy's triggers.
 *
 * @param from 0-1: below it, nothing is done
 * @param to {@code from}-1: at it and above, all is done. Equal to {@code from} for a threshold
 */
public record Trigger(double from, double to) {

    /** Never. */
    public static final Trigger OFF = new Trigger(Double.MAX_VALUE, Double.MAX_VALUE);

    /**
     * How much is done.
     *
     * @param pressure 0-1
     * @return 0: nothing; 1: all
     */
    public double value(double pressure) {
        if (pressure >= to) {
            return 1;
        }
        return pressure <= from ? 0 : (pressure - from) / (to - from);
    }
}
