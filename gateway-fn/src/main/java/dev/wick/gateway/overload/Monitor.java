package dev.wick.gateway.overload;

/** How full something is. Called by one thread at a time. */
public interface Monitor {

    /** As the statistics name it. */
    String name();

    /**
     * How full it is: 0-1.
     *
     * @param nowNanos of {@link System#nanoTime}
     */
    double pressure(long nowNanos);
}
