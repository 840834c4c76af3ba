package dev.wick.model;

import java.util.List;

/**
 * Which upgrades are let through.
 *
 * @param upgrades each type once
 */
public record Upgrades(List<Upgrade> upgrades) {

    /** What holds where a document says nothing. */
    public static final Upgrades DEFAULT = new Upgrades(List.of());

    public Upgrades {
        upgrades = List.copyOf(upgrades);
    }
}
