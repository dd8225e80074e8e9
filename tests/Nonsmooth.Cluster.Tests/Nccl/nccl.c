// The interface of NCCL over the processor's memory and threads of one process: it moves bytes, and refuses what arrives wrong.
#include <pthread.h>
#include <stddef.h>
#include <string.h>
#include <stdlib.h>
#include <time.h>

enum { OK = 0, INVALID_ARGUMENT = 4, INVALID_USAGE = 5, REMOTE_ERROR = 6 };
enum { RANKS = 16, CALLS = 64 };

typedef struct { char bytes[128]; } Id;
typedef struct { int rank, size, error; } Comm;
typedef struct { const void *data; size_t bytes; int full; } Box;
typedef struct { void *data; size_t bytes; int peer, sends; Comm *comm; } Call;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static Box boxes[RANKS][RANKS];
static const float *given[RANKS];
static int arrived, round_, live, destroyed, aborted;
static _Thread_local Call calls[CALLS];
static _Thread_local int count, depth;

static int waits(void) {
  struct timespec end;
  clock_gettime(CLOCK_REALTIME, &end);
  end.tv_sec += 20;
  return pthread_cond_timedwait(&changed, &lock, &end) == 0;
}

static char pattern(int i) { return (char)(i * 7 + 3); }
static size_t width(int type) { return type == 7 ? 4 : type == 8 ? 8 : type == 6 || type == 9 ? 2 : type == 1 ? 1 : 0; }

int shim_live(void) { return live; }
int shim_destroyed(void) { return destroyed; }
int shim_aborted(void) { return aborted; }
void shim_fail(void *comm, int error) { ((Comm *)comm)->error = error; }

int ncclGetVersion(int *version) { *version = 22105; return OK; }

const char *ncclGetErrorString(int result) {
  return result == INVALID_ARGUMENT ? "invalid argument" : result == INVALID_USAGE ? "invalid usage" : result == REMOTE_ERROR ? "remote process exited" : "no error";
}

int ncclGetUniqueId(Id *id) {
  for (int i = 0; i < 128; i++) id->bytes[i] = pattern(i);
  return OK;
}

int ncclCommInitRank(Comm **comm, int size, Id id, int rank) {
  for (int i = 0; i < 128; i++) if (id.bytes[i] != pattern(i)) return INVALID_ARGUMENT;
  if (size < 1 || size > RANKS || rank < 0 || rank >= size) return INVALID_ARGUMENT;
  *comm = malloc(sizeof(Comm));
  **comm = (Comm){rank, size, OK};
  pthread_mutex_lock(&lock); live++; pthread_mutex_unlock(&lock);
  return OK;
}

static int end(Comm *comm, int *counter) {
  pthread_mutex_lock(&lock); live--; (*counter)++; pthread_mutex_unlock(&lock);
  free(comm);
  return OK;
}

int ncclCommDestroy(Comm *comm) { return end(comm, &destroyed); }
int ncclCommAbort(Comm *comm) { return end(comm, &aborted); }
int ncclCommGetAsyncError(Comm *comm, int *error) { *error = comm->error; return OK; }
int ncclGroupStart(void) { depth++; return OK; }

static int call(void *data, size_t n, int type, int peer, Comm *comm, void *stream, int sends) {
  if (width(type) == 0 || peer < 0 || peer >= comm->size || stream != (void *)0x5742) return INVALID_ARGUMENT;
  if (depth == 0 || count == CALLS) return INVALID_USAGE;
  calls[count++] = (Call){data, n * width(type), peer, sends, comm};
  return OK;
}

int ncclSend(const void *data, size_t n, int type, int peer, Comm *comm, void *stream) { return call((void *)data, n, type, peer, comm, stream, 1); }
int ncclRecv(void *data, size_t n, int type, int peer, Comm *comm, void *stream) { return call(data, n, type, peer, comm, stream, 0); }

int ncclGroupEnd(void) {
  int result = OK;
  if (--depth > 0) return OK;
  pthread_mutex_lock(&lock);
  for (int pass = 0; pass < 3; pass++)
    for (int i = 0; i < count && result == OK; i++) {
      Call *c = &calls[i];
      Box *box = c->sends ? &boxes[c->comm->rank][c->peer] : &boxes[c->peer][c->comm->rank];
      if (c->sends && pass == 0) { *box = (Box){c->data, c->bytes, 1}; pthread_cond_broadcast(&changed); }
      if (!c->sends && pass == 1) {
        while (!box->full && result == OK) if (!waits()) result = REMOTE_ERROR;
        if (result == OK && box->bytes != c->bytes) result = INVALID_ARGUMENT;
        if (result == OK) { memcpy(c->data, box->data, c->bytes); box->full = 0; pthread_cond_broadcast(&changed); }
      }
      if (c->sends && pass == 2) while (box->full && result == OK) if (!waits()) result = REMOTE_ERROR;
    }
  pthread_mutex_unlock(&lock);
  count = 0;
  return result;
}

static int meet(int size) {
  int mine = round_;
  if (++arrived == size) { arrived = 0; round_++; pthread_cond_broadcast(&changed); }
  while (mine == round_) if (!waits()) return REMOTE_ERROR;
  return OK;
}

int ncclAllReduce(const void *from, void *to, size_t n, int type, int operation, Comm *comm, void *stream) {
  if (type != 7 || (operation != 0 && operation != 2 && operation != 4) || stream != (void *)0x5742) return INVALID_ARGUMENT;
  float *result = malloc(n * sizeof(float));
  pthread_mutex_lock(&lock);
  given[comm->rank] = from;
  int met = meet(comm->size);
  for (size_t i = 0; i < n; i++) {
    result[i] = given[0][i];
    for (int r = 1; r < comm->size; r++) result[i] = operation == 2 ? (given[r][i] > result[i] ? given[r][i] : result[i]) : result[i] + given[r][i];
    if (operation == 4) result[i] /= comm->size;
  }
  met = met == OK ? meet(comm->size) : met;
  pthread_mutex_unlock(&lock);
  memcpy(to, result, n * sizeof(float));
  free(result);
  return met;
}
