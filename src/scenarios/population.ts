import type { Model } from "../compile/model.js";
import type { ClientSpec, WorkloadSpec } from "../problem/problem.js";
import type { Engine } from "../sim/engine.js";
import type { Edge } from "../sim/station.js";
import { bareStation } from "./bare-station.js";
import { Client } from "./client.js";
import { Poller } from "./poller.js";
import { Resubmitter } from "./resubmitter.js";
import { stationEdge } from "./stations.js";
import { StatusRecord } from "./status-record.js";

/** Who sends the workload, and what their status polls showed. */
export interface Population {
  readonly client: Client;
  readonly status: StatusRecord;
}

/** Puts the clients into an engine, behind the components: who orders, who asks for the status, who orders again. */
export function installPopulation(engine: Engine, model: Model, workload: WorkloadSpec): Population {
  const spec = workload.client ?? {};
  const entries = model.entries.map((to) => wayIn(model, to));
  const station = bareStation(engine, "client");
  const client = new Client(engine, station, spec, entries);
  station.behaviour = client;
  const status = new StatusRecord();
  installResubmitter(engine, client, spec, installPoller(engine, model, client, workload, status));
  return { client, status };
}

function installResubmitter(engine: Engine, client: Client, spec: ClientSpec, poller: Poller | null): void {
  const { resubmitMs, resubmits = 1 } = spec;
  if (resubmitMs === undefined || resubmits === 0) return;
  const station = bareStation(engine, "client");
  const resubmitter = new Resubmitter(engine, station, client, poller, resubmitMs, resubmits);
  station.behaviour = resubmitter;
  engine.intents.attach(resubmitter);
  engine.observers.add(resubmitter);
  if (poller !== null) poller.onShown = (intent) => resubmitter.shown(intent);
}

/** Null where no entry has a poll connection: nobody polls. */
function installPoller(
  engine: Engine,
  model: Model,
  client: Client,
  workload: WorkloadSpec,
  status: StatusRecord,
): Poller | null {
  const spec = workload.client ?? {};
  const ways = model.entries.map((entry) => pollEdges(model, entry, workload));
  if (spec.poll === undefined || ways.every((edges) => edges.length === 0)) return null;
  const timeoutMs = spec.poll.timeoutMs ?? spec.timeoutMs;
  const station = bareStation(engine, "client");
  const poller = new Poller(engine, station, client, ways, { ...spec.poll, timeoutMs }, status);
  station.behaviour = poller;
  engine.observers.add(poller);
  return poller;
}

function wayIn(model: Model, to: number): Edge {
  return {
    id: `client→${model.components[to]!.id}`,
    to,
    latencyMs: 0,
    weight: 1,
    operation: 0,
    async: false,
    lossy: false,
    skipRate: 0,
    repeatRate: 0,
    divertsAny: false,
  };
}

function pollEdges(model: Model, entry: number, workload: WorkloadSpec): readonly Edge[] {
  const edges = model.components[entry]!.edges.map((index) => model.edges[index]!);
  return edges.filter((edge) => edge.on === "poll").map((edge) => stationEdge(model, edge, workload));
}
