package io.qcache;

import java.util.Optional;

/**
 * What a subscriber gets.
 *
 * @param channel the channel it was published to
 * @param payload what was published
 * @param pattern the pattern it came by; empty where the channel was subscribed to by its name
 */
public record Message<C, M>(C channel, M payload, Optional<C> pattern) {}
