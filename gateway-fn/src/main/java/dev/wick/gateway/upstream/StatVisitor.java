package dev.wick.gateway.upstream;

/** Reads the statistics of a cluster. */
public interface StatVisitor {

    /** What only grows. */
    void counter(String name, long value);

    /** What is now. */
    void gauge(String name, long value);
}
