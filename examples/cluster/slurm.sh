#!/bin/bash
# A simulation shared out over a Slurm job array:
#
#   parts=$(sbatch --parsable slurm.sh shop.nines)
#   sbatch --dependency=afterok:$parts --wrap 'nines merge parts/*.part'
#
# A task that was killed is done anew by scontrol requeue; a new array of it alone would not know of the others.
#
#SBATCH --job-name=nines
#SBATCH --array=1-10
#SBATCH --cpus-per-task=2
#SBATCH --time=1:00:00
set -e
mkdir -p parts
nines simulate "$1" --runs "${RUNS:-10000000}" --workers "${SLURM_CPUS_PER_TASK:-2}" --shard auto -o "parts/$SLURM_ARRAY_TASK_ID.part"
