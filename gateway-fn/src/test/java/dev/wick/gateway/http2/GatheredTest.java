package dev.wick.gateway.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written between two flushes, and what is held where nobody takes it. */
class GatheredTest {

    /** A peer that reads nothing. */
    private static final class Stuck extends EmbeddedChannel {
        Stuck(Gathered gathered) {
            super(gathered);
        }

        @Override
        protected void doWrite(ChannelOutboundBuffer in) {
            // Takes nothing.
        }
    }

    private static ByteBuf octets(int length) {
        return Unpooled.wrappedBuffer(new byte[length]);
    }

    @Test
    void smallWritesAreOnePieceAndALargeOneItsOwnInTheirOrder() {
        EmbeddedChannel channel = new EmbeddedChannel(new Gathered());
        channel.write(octets(3));
        channel.write(octets(4));
        ByteBuf large = octets(5_000);
        channel.write(large);
        channel.write(octets(5));
        assertNull(channel.<ByteBuf>readOutbound());
        channel.flush();
        List<Integer> lengths = new ArrayList<>();
        for (ByteBuf piece = channel.readOutbound();
                piece != null;
                piece = channel.readOutbound()) {
            lengths.add(piece.readableBytes());
            piece.release();
        }
        assertEquals(List.of(7, 5_000, 5), lengths);
        channel.finishAndReleaseAll();
    }

    @Test
    void whatIsNotTakenHoldsNoMoreThanItsLength() {
        Gathered gathered = new Gathered();
        Stuck channel = new Stuck(gathered);
        List<ChannelFuture> written = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            written.add(channel.write(octets(17)));
            channel.flush();
        }
        assertEquals(100, gathered.waiting());
        List<Integer> capacities = new ArrayList<>();
        try {
            channel.unsafe()
                    .outboundBuffer()
                    .forEachFlushedMessage(piece -> capacities.add(((ByteBuf) piece).capacity()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        assertEquals(100, capacities.size());
        assertTrue(
                capacities.subList(1, 100).stream().allMatch(capacity -> capacity <= 32),
                capacities.toString());
        channel.close();
        assertEquals(0, gathered.waiting());
        assertTrue(written.stream().allMatch(one -> one.isDone() && !one.isSuccess()));
    }
}
