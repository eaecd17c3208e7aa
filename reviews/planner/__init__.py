"""The planner: for many reviews at once, who could go on which. It proposes; people confirm."""
