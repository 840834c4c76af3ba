package dev.wick.gateway.overload;

/** Those who can do something when memory runs short. Called by any thread. */
public interface Relief {

    /** Whether connections are accepted, from now on. */
    void accepting(boolean accepting);

    /**
     * Cuts answers of which much is kept.
     *
     * @param share more than 0: only the largest; 1: whatever is large
     */
    void cut(double share);
}
