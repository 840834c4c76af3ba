package dev.wick.gateway.live;

/**
 * The port by which a miss is drawn. {@link Names} calls it once for all who wait for a name.
 *
 * <p>Called on any thread; must not block, and must end, within its own bound, in {@link
 * Names#offer} or {@link Names#unavailable} for that name.
 */
@FunctionalInterface
public interface Drawing {

    void draw(Names names, String host);
}
