package dev.wick.store.rest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RoomTest {

    private static final long MIB = 1 << 20;

    /** Three for what is large, one for what is small. */
    private final Room room = new Room(4 * MIB, 0);

    @Test
    void whoFindsNoRoomHasToWaitUntilAnotherIsDone() {
        try (Room.Place first = room.place(2 * MIB);
                Room.Place second = room.place(2 * MIB)) {
            assertTrue(first.grow(2 * MIB));
            assertFalse(second.grow(2 * MIB));
            assertTrue(second.grow(MIB));
            first.close();
            assertTrue(second.grow(MIB));
        }
    }

    @Test
    void whatIsSmallDoesNotWaitBehindWhatIsLarge() {
        try (Room.Place large = room.place(3 * MIB);
                Room.Place small = room.place(1_000)) {
            assertTrue(large.grow(3 * MIB));
            assertTrue(small.grow(1_000));
        }
    }

    @Test
    void whatIsLargerThanAllRoomIsAlone() {
        try (Room.Place huge = room.place(64 * MIB);
                Room.Place other = room.place(MIB)) {
            assertTrue(huge.grow(32 * MIB));
            assertTrue(huge.grow(32 * MIB));
            assertFalse(other.grow(1));
            huge.close();
            assertTrue(other.grow(3 * MIB));
        }
    }

    @Test
    void whoHasGoneKeepsNothingOfWhatItGetsThen() {
        Room.Place gone = room.place(3 * MIB);
        gone.close();
        assertTrue(gone.grow(3 * MIB));

        try (Room.Place other = room.place(3 * MIB)) {
            assertTrue(other.grow(3 * MIB));
        }
    }
}
