package io.qcache.client; /** E. */ public final class QCacheClient {}
