package io.qcache.engine; /** E. */ public final class Engine {}
