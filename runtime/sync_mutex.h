/* sync_mutex.h - the mutex inside a RWMutex is a plain one that tells nothing: rw is the RWMutex then, NULL else. */
#ifndef GOSEE_RUNTIME_SYNC_MUTEX_H
#define GOSEE_RUNTIME_SYNC_MUTEX_H

#include "proc.h"

enum rt_status mutex_lock(struct m *mp, struct rt_sync_mutex *mu, const void *rw); /* resumable */
enum rt_status mutex_unlock(struct m *mp, struct rt_sync_mutex *mu, const void *rw);
bool mutex_trylock(struct m *mp, struct rt_sync_mutex *mu, const void *rw);

#endif
