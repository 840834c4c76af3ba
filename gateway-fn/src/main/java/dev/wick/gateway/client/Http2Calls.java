package dev.wick.gateway.client;

import dev.wick.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection of an {@link Http2Client}. Confined to its loop. */
final class Http2Calls extends Http2ChannelDuplexHandler {

    private final Http2Client client;
    private final String authority;
    private final Http2FrameCodec codec =
            Http2FrameCodecBuilder.forClient()
                    .initialSettings(Http2Settings.defaultSettings().pushEnabled(false))
                    .build();
    private @Nullable Channel channel;
    private @Nullable ClientCall call;
    private @Nullable Http2FrameStream stream;
    private ResponseHead head = new ResponseHead();
    private int status;

    /** The host takes no more: the connection ends with the call that runs. */
    private boolean goingAway;

    Http2Calls(Http2Client client, String authority) {
        this.client = client;
        this.authority = authority;
    }

    /** Stands before this in the pipeline. */
    Http2FrameCodec codec() {
        return codec;
    }

    /** Whether it is open and carries nothing. */
    boolean free() {
        return call == null && channel != null && channel.isActive() && !goingAway;
    }

    @Override
    protected void handlerAdded0(ChannelHandlerContext context) {
        channel = context.channel();
    }

    void send(ClientCall next) {
        Channel to = channel;
        if (to == null) {
            next.fail("connection: not open");
            return;
        }
        call = next;
        head = new ResponseHead();
        status = 0;
        next.on(this::abandon);
        ClientRequest request = next.request;
        boolean empty = request.body().length == 0;
        Http2FrameStream opened = newStream();
        stream = opened;
        to.write(new DefaultHttp2HeadersFrame(fields(request), empty).stream(opened));
        if (!empty) {
            ByteBuf body = Unpooled.wrappedBuffer(request.body());
            to.write(new DefaultHttp2DataFrame(body, true).stream(opened));
        }
        to.flush();
    }

    private Http2Headers fields(ClientRequest request) {
        Http2Headers fields =
                new DefaultHttp2Headers()
                        .method(request.method())
                        .scheme("http")
                        .authority(authority)
                        .path(request.path());
        for (int i = 0; i < request.headers().size(); i++) {
            fields.add(request.headers().name(i), request.headers().value(i));
        }
        return fields;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof Http2HeadersFrame fields && fields.stream() == stream) {
                headers(fields.headers(), fields.isEndStream());
            } else if (message instanceof Http2DataFrame data) {
                data(context, data);
            } else if (message instanceof Http2ResetFrame reset && reset.stream() == stream) {
                fail("stream: reset with " + reset.errorCode());
            } else if (message instanceof Http2GoAwayFrame) {
                goAway();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void headers(Http2Headers fields, boolean end) {
        if (status == 0) {
            CharSequence told = fields.status();
            status = told == null ? 0 : Integer.parseInt(told, 0, told.length(), 10);
            if (status < 200) {
                status = 0;
                return;
            }
        }
        for (Map.Entry<CharSequence, CharSequence> field : fields) {
            if (field.getKey().length() > 0 && field.getKey().charAt(0) != ':') {
                head.headers().add(field.getKey().toString(), field.getValue().toString());
            }
        }
        if (end) {
            complete();
        }
    }

    private void data(ChannelHandlerContext context, Http2DataFrame data) {
        int octets = data.initialFlowControlledBytes();
        Http2FrameStream on = data.stream();
        if (on != null && octets > 0) {
            context.writeAndFlush(new DefaultHttp2WindowUpdateFrame(octets).stream(on));
        }
        ClientCall current = call;
        if (on == stream && current != null) {
            current.body(data.content().retain());
            if (data.isEndStream()) {
                complete();
            }
        }
    }

    private void complete() {
        ClientCall done = over();
        if (done != null) {
            head.status(status);
            done.head(head);
            done.complete();
        }
    }

    private void fail(String why) {
        ClientCall failed = over();
        if (failed != null) {
            failed.fail(why);
        }
    }

    /** The call that runs, which does so no more; null where there is none. */
    private @Nullable ClientCall over() {
        ClientCall last = call;
        call = null;
        stream = null;
        if (goingAway) {
            close();
        }
        return last;
    }

    private void goAway() {
        goingAway = true;
        client.gone(this);
        if (call == null) {
            close();
        }
    }

    /** Nobody waits for the rest of the answer. */
    private void abandon() {
        call = null;
        close();
    }

    void close() {
        client.gone(this);
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        client.gone(this);
        fail("connection: closed before the answer was complete");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail("connection: " + cause.getMessage());
        close();
    }
}
