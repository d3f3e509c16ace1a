package io.qcache.pubsub;

import io.qcache.Codec;
import io.qcache.Message;
import java.util.Objects;
import java.util.Optional;

/** Makes messages of bytes, on the thread that takes them. */
record Decoder<C, M>(Codec<C> channels, Codec<M> messages) {
  Decoder {
    Objects.requireNonNull(channels, "channels");
    Objects.requireNonNull(messages, "messages");
  }

  Message<C, M> decode(Arrival bytes) {
    M payload = messages.decode(bytes.payload(), 0, bytes.payload().length);
    return new Message<>(channel(bytes.channel()), payload, Optional.ofNullable(bytes.pattern()).map(this::channel));
  }

  private C channel(byte[] name) {
    return channels.decode(name, 0, name.length);
  }
}
