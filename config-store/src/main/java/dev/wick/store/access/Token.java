package dev.wick.store.access;

import java.time.Instant;

/**
 * Who calls. The text that proves it is not kept, only its hash.
 *
 * @param id what the token's text begins with; not secret
 * @param comment what it is for, in its maker's words; may be empty
 */
public record Token(String id, Role role, String comment, Instant created) {

    /** As it stands in a revision: {@code admin/3f2a91c04b7d}. */
    public String author() {
        return role.spelling() + "/" + id;
    }
}
